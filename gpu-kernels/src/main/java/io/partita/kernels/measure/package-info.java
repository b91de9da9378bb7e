/** Returns, covariance, value at risk and expected shortfall with their contributions, concentration and liquidity, over flat arrays of doubles. */
package io.partita.kernels.measure;
