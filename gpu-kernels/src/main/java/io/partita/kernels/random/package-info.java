/** Random and quasi-random numbers by counter, so that a scenario's draws follow from its number alone, and the normal distribution. */
package io.partita.kernels.random;
