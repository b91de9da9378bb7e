/** Numeric kernels over flat arrays, written once and run by whichever engine is at hand. */
package io.partita.kernels;
