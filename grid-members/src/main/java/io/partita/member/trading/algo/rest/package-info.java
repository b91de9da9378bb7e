/** Execution algorithms over REST. */
package io.partita.member.trading.algo.rest;
