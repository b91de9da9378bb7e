/**
 * Indicators over bars of prices: a table of them by name, each taking one bar at a time in constant or logarithmic time, with a state of plain numbers.
 */
package io.partita.indicators;
