/** One field that finds whatever the reader may see and do: things by their ids and names, pages, and actions. */
package io.partita.console.find;
