/** The console's own components and formats. Knows nothing of any domain. */
package io.partita.console.ui;
