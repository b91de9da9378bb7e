/** Trading over REST. */
package io.partita.member.trading.rest;
