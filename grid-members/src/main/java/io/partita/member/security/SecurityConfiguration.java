package io.partita.member.security;

import io.partita.member.PartitaProperties;
import io.partita.member.database.DataFolder;
import java.time.InstantSource;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.util.function.SingletonSupplier;
import tools.jackson.databind.json.JsonMapper;

/** Identity on a member. */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

    /** Who issues access tokens. */
    private static final String ISSUER = "partita";

    private final InstantSource clock;

    SecurityConfiguration(ObjectProvider<InstantSource> clock) {
        this.clock = clock.getIfAvailable(InstantSource::system);
    }

    @Bean
    MasterKey masterKey(PartitaProperties settings, DataFolder data) {
        return MasterKey.of(settings.security(), data.path());
    }

    @Bean
    FieldCipher fieldCipher(Jdbi jdbi, MasterKey master, PartitaProperties settings) {
        return FieldCipher.open(jdbi, master, MasterKey.previous(settings.security()), clock);
    }

    @Bean
    Changes securityChanges(Jdbi jdbi) {
        return new Changes(jdbi, clock);
    }

    @Bean
    Passwords passwords() {
        return new Passwords();
    }

    @Bean
    IdentityTables identityTables(Jdbi jdbi, FieldCipher cipher) {
        return new IdentityTables(jdbi, cipher);
    }

    @Bean
    SessionTables sessionTables(Jdbi jdbi) {
        return new SessionTables(jdbi);
    }

    @Bean
    KeyTables keyTables(Jdbi jdbi) {
        return new KeyTables(jdbi);
    }

    @Bean
    SigningKeys signingKeys(Jdbi jdbi, FieldCipher cipher, Changes changes, PartitaProperties settings) {
        return new SigningKeys(jdbi, cipher, changes, settings.security().accessToken(), clock);
    }

    @Bean
    AccessTokens accessTokens(SigningKeys keys, PartitaProperties settings) {
        return new AccessTokens(keys, ISSUER, settings.grid().name(), settings.security().accessToken(), clock);
    }

    /** For filters, which are made before anything else: they must not bring the database up on the way. */
    @Bean
    @Primary
    Authenticator authenticator(ObjectProvider<MemberAuthenticator> members) {
        SingletonSupplier<MemberAuthenticator> member = SingletonSupplier.of(members::getObject);
        return bearer -> member.obtain().authenticate(bearer);
    }

    @Bean
    MemberAuthenticator memberAuthenticator(AccessTokens tokens, SessionTables sessions, KeyTables keys, Changes changes, PartitaProperties settings) {
        return new MemberAuthenticator(tokens, sessions, keys, new OutsideTokens(settings.security().oidc(), clock),
                settings.security().secondFactor() == PartitaProperties.SecondFactor.REQUIRED, changes, clock);
    }

    @Bean
    SignIns signIns(Jdbi jdbi, IdentityTables identities, SessionTables sessions, Passwords passwords, MasterKey master, AccessTokens tokens, MemberAuthenticator authenticator, Changes changes,
                    PartitaProperties settings) {
        return new SignIns(jdbi, identities, sessions, passwords, new RefreshTokens(master), tokens, authenticator, changes, settings.security().session(), clock);
    }

    @Bean
    Users users(Jdbi jdbi, IdentityTables identities, Passwords passwords, Changes changes) {
        return new Users(jdbi, identities, passwords, changes, clock);
    }

    @Bean
    Credentials credentials(Jdbi jdbi, IdentityTables identities, Passwords passwords, Changes changes, DataFolder data) {
        return new Credentials(jdbi, identities, passwords, changes, data.path().resolve(FirstStart.PASSWORD_FILE), clock);
    }

    @Bean
    ApiKeys apiKeys(Jdbi jdbi, IdentityTables identities, KeyTables keys, Changes changes) {
        return new ApiKeys(jdbi, identities, keys, changes, clock);
    }

    @Bean
    Approvals approvals(Jdbi jdbi, PartitaProperties settings, JsonMapper json) {
        return new Approvals(jdbi, new ApprovalTables(jdbi), settings.security().fourEyes(), json, clock);
    }

    @Bean
    Preferences preferences(Jdbi jdbi) {
        return new Preferences(jdbi, clock);
    }

    @Bean
    EncryptionKeys encryptionKeys(FieldCipher cipher, IdentityTables identities) {
        return new EncryptionKeys(cipher, identities);
    }

    @Bean
    Upkeep securityUpkeep(SigningKeys signing, FirstStart firstStart, IdentityTables identities) {
        return new Upkeep(List.of(() -> signing.renew(SigningKeys.LIFE), firstStart::renewKeys, () -> identities.forgetLocks(clock.instant())));
    }

    @Bean(initMethod = "begin")
    FirstStart firstStart(Jdbi jdbi, IdentityTables identities, Passwords passwords, KeyTables keys, ApiKeys apiKeys, Changes changes, DataFolder data, PartitaProperties settings) {
        return new FirstStart(jdbi, identities, passwords, keys, apiKeys, changes, data.path(), settings.security(), clock);
    }
}
