/** What can be held: products with their terms, their prices, and what a quantity of them is worth. */
package io.partita.positions.product;
