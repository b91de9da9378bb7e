/**
 * Markets that a seed makes: correlated instruments with regimes, jumps and auctions, and faults put into series where the truth is known.
 */
package io.partita.pipelines.marketdata.simulator;
