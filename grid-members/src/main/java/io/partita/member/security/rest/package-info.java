/** Sign-in, users, keys and approvals over REST. */
package io.partita.member.security.rest;
