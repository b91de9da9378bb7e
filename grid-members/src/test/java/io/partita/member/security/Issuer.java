package io.partita.member.security;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import io.partita.member.testing.Http;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configuration.OAuth2AuthorizationServerConfiguration;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.security.web.SecurityFilterChain;

/** An authorization server of another firm, by OpenID Connect, over a real port. What its tokens say is in the scopes that are asked for: {@code audience.partita}, {@code role.RISK}, {@code account.7}. */
final class Issuer implements AutoCloseable {

    private static final String CLIENT = "cleo";
    private static final String SECRET = "secret of a client";
    private static final List<String> SCOPES = List.of("audience.partita", "audience.other", "role.RISK", "role.trader", "role.KING", "account.7", "account.9");

    private final ConfigurableApplicationContext context;
    private final String url;

    private Issuer(ConfigurableApplicationContext context, String url) {
        this.context = context;
        this.url = url;
    }

    static Issuer start(int port) {
        String url = "http://127.0.0.1:" + port;
        ConfigurableApplicationContext context = new SpringApplication(Server.class).run("--server.port=" + port, "--issuer=" + url, "--spring.main.banner-mode=off");
        return new Issuer(context, url);
    }

    String url() {
        return url;
    }

    /** A token for whoever asks with these scopes. */
    String token(String... scopes) {
        String basic = Base64.getEncoder().encodeToString((CLIENT + ":" + SECRET).getBytes(StandardCharsets.UTF_8));
        Http.Answer answer = Http.send(Http.request(URI.create(url + "/oauth2/token"), "Authorization", "Basic " + basic, "Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("grant_type=client_credentials&scope=" + String.join("+", scopes))));
        if (answer.status() != 200) {
            throw new IllegalStateException(answer.toString());
        }
        return answer.text("access_token");
    }

    @Override
    public void close() {
        context.close();
    }

    /** No @Configuration: a member that looks for those would take it for its own. */
    @EnableWebSecurity
    @ImportAutoConfiguration({TomcatServletWebServerAutoConfiguration.class, DispatcherServletAutoConfiguration.class})
    static class Server {

        @Bean
        SecurityFilterChain endpoints(HttpSecurity http) throws Exception {
            return http.oauth2AuthorizationServer(server -> server.oidc(Customizer.withDefaults())).authorizeHttpRequests(all -> all.anyRequest().authenticated()).build();
        }

        @Bean
        RegisteredClientRepository clients() {
            return new InMemoryRegisteredClientRepository(RegisteredClient.withId(CLIENT).clientId(CLIENT).clientSecret("{noop}" + SECRET)
                    .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC).authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
                    .scopes(all -> all.addAll(SCOPES)).tokenSettings(TokenSettings.builder().accessTokenTimeToLive(Duration.ofMinutes(5)).build()).build());
        }

        @Bean
        AuthorizationServerSettings settings(Environment environment) {
            return AuthorizationServerSettings.builder().issuer(environment.getRequiredProperty("issuer")).build();
        }

        @Bean
        JWKSource<SecurityContext> keys() throws GeneralSecurityException {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            KeyPair pair = generator.generateKeyPair();
            return new ImmutableJWKSet<>(new JWKSet(new RSAKey.Builder((RSAPublicKey) pair.getPublic()).privateKey(pair.getPrivate()).keyID(UUID.randomUUID().toString()).build()));
        }

        @Bean
        JwtDecoder decoder(JWKSource<SecurityContext> keys) {
            return OAuth2AuthorizationServerConfiguration.jwtDecoder(keys);
        }

        @Bean
        OAuth2TokenCustomizer<JwtEncodingContext> claims() {
            return token -> token.getClaims().claims(claims -> {
                claims.put("aud", values(token, "audience."));
                claims.put("roles", values(token, "role."));
                List<String> accounts = values(token, "account.");
                if (!accounts.isEmpty()) {
                    claims.put("accounts", accounts);
                }
            });
        }

        private static List<String> values(JwtEncodingContext token, String prefix) {
            return token.getAuthorizedScopes().stream().filter(scope -> scope.startsWith(prefix)).map(scope -> scope.substring(prefix.length())).sorted().toList();
        }
    }
}
