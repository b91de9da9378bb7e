/** Covariance matrices taken apart, and repaired openly where they are none. */
package io.partita.kernels.algebra;
