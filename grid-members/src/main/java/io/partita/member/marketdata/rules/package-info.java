/** Alert rules over REST: checked when they come, kept in PostgreSQL, put into the grid for the job that judges them, and tried on history before. */
package io.partita.member.marketdata.rules;
