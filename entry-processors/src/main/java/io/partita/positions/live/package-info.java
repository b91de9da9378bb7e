/** Portfolios that are marked anew with each price, as the grid shows them: marks by event time, gains of positions and portfolios, and what marking reads. */
package io.partita.positions.live;
