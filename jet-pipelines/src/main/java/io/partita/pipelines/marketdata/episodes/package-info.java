/**
 * Windows of history as vectors, so that whoever looks at an alert sees when it was like that before, and what followed.
 */
package io.partita.pipelines.marketdata.episodes;
