/** Positions over REST. */
package io.partita.member.positions;
