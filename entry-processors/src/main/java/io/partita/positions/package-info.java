/** What trading has left an account with in each instrument: quantity, cost, and profit taken. */
package io.partita.positions;
