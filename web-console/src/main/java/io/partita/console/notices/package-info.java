/** What people should hear of, wherever they are: it is looked for once for all of them, and told by push. */
package io.partita.console.notices;
