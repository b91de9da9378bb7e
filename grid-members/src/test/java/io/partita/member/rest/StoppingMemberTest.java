package io.partita.member.rest;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a Tomcat says of requests that did not reach the member's own code, while it serves and while it closes. */
class StoppingMemberTest {

    @TempDir
    private Path folder;

    private final Tomcat tomcat = new Tomcat();

    @BeforeEach
    void start() throws LifecycleException {
        tomcat.setBaseDir(folder.toString());
        tomcat.setPort(0);
        ((StandardHost) tomcat.getHost()).setErrorReportValveClass(Outside.TomcatProblems.class.getName());
        Context context = tomcat.addContext("", folder.toString());
        Tomcat.addServlet(context, "given up", new GivenUp());
        context.addServletMappingDecoded("/", "given up");
        tomcat.getConnector();
        tomcat.start();
    }

    @AfterEach
    void stop() throws LifecycleException {
        tomcat.stop();
        tomcat.destroy();
    }

    /** Ends a request as Tomcat ends one that it could not read to its end; the connector may have begun to close meanwhile. */
    private final class GivenUp extends HttpServlet {

        private static final long serialVersionUID = 1;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            if ("/closing".equals(request.getServletPath())) {
                tomcat.getConnector().pause();
            }
            response.sendError(400);
        }
    }

    @Test
    void a_request_that_is_no_http_is_called_malformed() throws IOException {
        assertThat(answer("GET /a b c HTTP/1.1\r\nHost: here\r\n\r\n")).contains(" 400", "MALFORMED_REQUEST");
    }

    @Test
    void a_request_that_is_given_up_while_the_member_serves_is_called_malformed() throws IOException {
        assertThat(answer("GET / HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n")).contains(" 400", "MALFORMED_REQUEST");
    }

    @Test
    void a_request_that_is_given_up_because_the_member_stops_is_to_be_sent_to_another() throws IOException {
        assertThat(answer("GET /closing HTTP/1.1\r\nHost: here\r\n\r\n")).contains(" 503", "Retry-After: 1", "Connection: close", "NOT_IN_VIEW");
    }

    private String answer(String request) throws IOException {
        try (Socket caller = new Socket("127.0.0.1", tomcat.getConnector().getLocalPort())) {
            caller.setSoTimeout(30_000);
            caller.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(caller.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
