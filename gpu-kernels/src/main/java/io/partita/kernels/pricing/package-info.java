/** Prices and sensitivities of European and American options. */
package io.partita.kernels.pricing;
