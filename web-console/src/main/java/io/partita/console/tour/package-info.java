/** What newcomers are shown. */
package io.partita.console.tour;
