/** Strategies over REST. */
package io.partita.member.strategy.rest;
