/** The members' REST interface as the console calls it. */
package io.partita.console.api;
