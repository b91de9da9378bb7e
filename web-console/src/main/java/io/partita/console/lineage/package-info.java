/** Where something came from and what it became, drawn as a graph. */
package io.partita.console.lineage;
