package io.partita.member.drill.arena;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LoopbackNetworkTest extends NetworkContract {

    @Override
    Network open() {
        return LoopbackNetwork.open();
    }

    @Test
    void what_is_slow_arrives_late_and_whole() throws IOException {
        Node from = Node.client(1);
        Node to = Node.member(1);
        try (Network network = LoopbackNetwork.open(); ServerSocket service = listen(network.listen(to, Service.REST))) {
            Endpoint called = network.address(from, to, Service.REST);
            network.slow(Set.of(new Link(from, to)), Duration.ofMillis(300));
            try (Socket caller = new Socket(called.host(), called.port()); Socket callee = service.accept()) {
                long sent = System.nanoTime();
                caller.getOutputStream().write(new byte[] {1, 2, 3});
                caller.shutdownOutput();
                InputStream in = callee.getInputStream();
                assertThat(in.readAllBytes()).containsExactly(1, 2, 3);
                assertThat(Duration.ofNanos(System.nanoTime() - sent)).isBetween(Duration.ofMillis(300), Duration.ofSeconds(5));
            }
        }
    }

    @Test
    void a_connection_over_a_cut_comes_about_when_it_is_healed() throws IOException {
        Node from = Node.client(1);
        Node to = Node.member(1);
        try (Network network = LoopbackNetwork.open(); ServerSocket service = listen(network.listen(to, Service.REST))) {
            Endpoint called = network.address(from, to, Service.REST);
            network.cut(Set.of(new Link(to, from)));
            try (Socket caller = new Socket(called.host(), called.port())) {
                caller.getOutputStream().write(7);
                service.setSoTimeout(500);
                assertThat(org.assertj.core.api.Assertions.catchThrowable(service::accept)).isInstanceOf(java.net.SocketTimeoutException.class);
                network.heal();
                service.setSoTimeout(10_000);
                try (Socket callee = service.accept()) {
                    assertThat(callee.getInputStream().read()).isEqualTo(7);
                }
            }
        }
    }

    @Test
    void a_connection_that_is_made_twice_brings_everything_twice_and_one_answer() throws IOException {
        Node from = Node.client(1);
        Node to = Node.member(1);
        try (Network network = LoopbackNetwork.open(); ServerSocket service = listen(network.listen(to, Service.REST))) {
            Endpoint called = network.address(from, to, Service.REST);
            network.twice(Set.of(new Link(from, to)));
            try (Socket caller = new Socket(called.host(), called.port()); Socket first = service.accept(); Socket second = service.accept()) {
                caller.setSoTimeout(10_000);
                caller.getOutputStream().write(7);
                assertThat(first.getInputStream().read()).isEqualTo(7);
                assertThat(second.getInputStream().read()).isEqualTo(7);
                first.getOutputStream().write(8);
                second.getOutputStream().write(8);
                caller.shutdownOutput();
                assertThat(first.getInputStream().read()).isEqualTo(-1);
                assertThat(second.getInputStream().read()).isEqualTo(-1);
                first.shutdownOutput();
                second.shutdownOutput();
                assertThat(caller.getInputStream().readAllBytes()).containsExactly(8);
            }
        }
    }

    @Test
    void a_connection_that_is_reset_is_broken_on_both_ends() throws IOException {
        Node from = Node.client(1);
        Node to = Node.member(1);
        try (Network network = LoopbackNetwork.open(); ServerSocket service = listen(network.listen(to, Service.REST))) {
            Endpoint called = network.address(from, to, Service.REST);
            try (Socket caller = new Socket(called.host(), called.port()); Socket callee = service.accept()) {
                caller.getOutputStream().write(7);
                assertThat(callee.getInputStream().read()).isEqualTo(7);
                network.reset(Set.of(new Link(from, to)));
                caller.setSoTimeout(10_000);
                callee.setSoTimeout(10_000);
                assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> caller.getInputStream().read())).isInstanceOf(java.net.SocketException.class);
                assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> callee.getInputStream().read())).isInstanceOf(java.net.SocketException.class);
            }
        }
    }

    @Test
    void whoever_calls_a_service_that_is_not_there_is_told_so() throws IOException {
        try (Network network = LoopbackNetwork.open()) {
            Endpoint called = network.address(Node.client(1), Node.member(1), Service.REST);
            try (Socket caller = new Socket(called.host(), called.port())) {
                caller.setSoTimeout(10_000);
                assertThat(org.assertj.core.api.Assertions.catchThrowableOfType(java.net.SocketException.class, () -> {
                    if (caller.getInputStream().read() < 0) {
                        throw new java.net.SocketException("ended");
                    }
                })).isNotNull();
            }
        }
    }

    private static ServerSocket listen(Endpoint at) throws IOException {
        ServerSocket service = new ServerSocket();
        service.bind(new InetSocketAddress(InetAddress.getByName(at.host()), at.port()));
        return service;
    }
}
