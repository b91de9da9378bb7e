/** Amounts of one currency in another, by rates of a day. */
package io.partita.positions.fx;
