/** What every REST endpoint shares: problems, correlation ids, limits, JSON values, documentation. */
package io.partita.member.rest;
