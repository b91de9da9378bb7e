/** Trading accounts and settlement over REST. */
package io.partita.member.trading.settlement.rest;
