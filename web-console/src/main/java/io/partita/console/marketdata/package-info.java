/** Market data in the console: charts with indicators, the quality of sources, and what is unusual. */
package io.partita.console.marketdata;
