/** Money as whole minor units of an ISO 4217 currency. */
package io.partita.money;
