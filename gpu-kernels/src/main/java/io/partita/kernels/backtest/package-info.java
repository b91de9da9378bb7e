/** Whether forecasts of risk were right: rolling back-tests, and the tests of coverage, independence and shortfall that supervisors and papers ask for. */
package io.partita.kernels.backtest;
