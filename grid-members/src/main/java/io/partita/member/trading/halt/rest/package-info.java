/** Halts of the whole market over REST. */
package io.partita.member.trading.halt.rest;
