/** Markets in the console: books as they change, orders, phases. */
package io.partita.console.trading;
