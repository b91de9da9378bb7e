/** Limits of risk, what becomes of those that are broken, and figures that they are held against. */
package io.partita.risk;
