/** The ledger's commands over REST. */
package io.partita.member.ledger.rest;
