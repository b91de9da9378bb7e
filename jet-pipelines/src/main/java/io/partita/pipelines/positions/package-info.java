/** Portfolios marked anew with each price, and their risk kept up. */
package io.partita.pipelines.positions;
