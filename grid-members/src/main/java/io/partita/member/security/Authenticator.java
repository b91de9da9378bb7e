package io.partita.member.security;

/** Tells who presents a bearer: an access token of this system or of the outside issuer, or an API key. Cheap enough for every request; thread-safe. */
public interface Authenticator {

    /**
     * Who presents a bearer, that is what follows {@code Authorization: Bearer}.
     *
     * @throws RuntimeException with the database's failure as its cause, if it cannot be asked about a bearer that was not seen lately
     */
    Authentication authenticate(String bearer);
}
