package io.partita.console.api;

import io.partita.PartitaClients;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The console's settings, all under {@code partita}; {@code docs/operations.md} lists them.
 *
 * @param console where the console itself listens
 * @param grid    the grid that it is a client of
 * @param api     roots of the members' REST interfaces; whichever answers is asked
 */
@ConfigurationProperties("partita")
public record ConsoleProperties(@DefaultValue Listen console, @DefaultValue Grid grid,
                                @DefaultValue("http://127.0.0.1:8080") List<URI> api) {

    public ConsoleProperties {
        if (api.isEmpty()) {
            throw new IllegalArgumentException("partita.api lists at least one member, such as http://10.0.0.1:8080,http://10.0.0.2:8080");
        }
        api = List.copyOf(api);
    }

    /**
     * Loopback unless set otherwise.
     *
     * @param port    port of the console, 0 for any free one
     * @param bind    address that it listens on
     * @param key     the console's own API key; null if it is in a file
     * @param keyFile where that is; null for none
     */
    public record Listen(@DefaultValue("8090") int port, @DefaultValue("127.0.0.1") InetAddress bind, String key, Path keyFile) {

        /** Without the key. */
        @Override
        public String toString() {
            return "Listen[" + bind + ":" + port + "]";
        }
    }

    /**
     * The grid, under the names that members use for the same.
     *
     * @param name      of the cluster
     * @param addresses of members, {@code host:port}; any one that answers tells the others
     * @param secret    that members and clients share; null for none
     * @param secretFile a file with it; null for none
     */
    public record Grid(@DefaultValue("partita") String name, @DefaultValue("127.0.0.1:5701") List<String> addresses, String secret, Path secretFile) {

        /** What the cluster is called in the network. */
        String cluster() {
            try {
                return PartitaClients.cluster(name, secretFile == null ? secret : Files.readString(secretFile));
            } catch (IOException e) {
                throw new IllegalArgumentException("partita.grid.secret-file is " + secretFile + ", which cannot be read: " + e.getMessage(), e);
            }
        }

        /** Without the secret. */
        @Override
        public String toString() {
            return "Grid[" + name + ", " + addresses + "]";
        }
    }
}
