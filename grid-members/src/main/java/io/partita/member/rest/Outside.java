package io.partita.member.rest;

import io.partita.ledger.Refusal;
import io.partita.member.PartitaProperties;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.AbstractProtocol;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/** Problems for what fails outside of Spring's dispatcher: in a filter, or in Tomcat before any of our code runs. */
@Configuration(proxyBeanMethods = false)
class Outside {

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> tomcatProblems() {
        return factory -> factory.addContextCustomizers(context ->
                ((StandardHost) context.getParent()).setErrorReportValveClass(TomcatProblems.class.getName()));
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> headDeadline(PartitaProperties settings) {
        return factory -> {
            factory.setProtocol(HeadDeadline.class.getName());
            factory.addConnectorCustomizers(connector -> ((HeadDeadline) connector.getProtocolHandler()).setPatience(settings.edge().headTime()));
        };
    }

    /** Where the servlet container sends what a filter could not answer. */
    @Hidden
    @Controller
    static class Errors implements ErrorController {

        private final ProblemWriter writer;

        Errors(ProblemWriter writer) {
            this.writer = writer;
        }

        @RequestMapping("/error")
        ResponseEntity<Object> error(HttpServletRequest request) {
            int status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code ? code : 404;
            return writer.answer(request, RequestProblem.of(code(status), code(status) == RequestCode.NOT_FOUND
                    ? "Not an address of this member; /docs lists them." : "The request could not be answered."));
        }
    }

    static RequestCode code(int status) {
        return switch (status) {
            case 404 -> RequestCode.NOT_FOUND;
            case 405 -> RequestCode.METHOD_NOT_ALLOWED;
            case 413 -> RequestCode.BODY_TOO_LARGE;
            default -> status >= 500 ? RequestCode.INTERNAL_ERROR : RequestCode.MALFORMED_REQUEST;
        };
    }

    /** Tomcat makes it by name, so it knows no beans; nothing of the request is repeated in the answer. */
    public static final class TomcatProblems extends ErrorReportValve {

        @Override
        protected void report(Request request, Response response, Throwable failure) {
            if (response.getStatus() < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
                return;
            }
            if (untouched(response.getStatus()) && closing(request.getConnector())) {
                response.setStatus(503);
                response.setHeader("Retry-After", "1");
                response.setHeader("Connection", "close");
                write(response, Refusal.NOT_IN_VIEW.name(), "This member is stopping and has done nothing with the request; ask another member.");
            } else {
                RequestCode code = code(response.getStatus());
                write(response, code.name(), code.meaning());
            }
        }

        /** A connector that is being closed gives up requests half read as malformed (400) and takes no new ones (503). */
        private static boolean untouched(int status) {
            return status == 400 || status == 503;
        }

        private static boolean closing(Connector connector) {
            return !connector.getState().isAvailable() || connector.getProtocolHandler() instanceof AbstractProtocol<?> protocol && protocol.isPaused();
        }

        private void write(Response response, String code, String title) {
            byte[] body = """
                    {"type":"/problems/%s","title":"%s","status":%d,"code":"%s"}"""
                    .formatted(code, title, response.getStatus(), code).getBytes(StandardCharsets.UTF_8);
            try {
                response.setContentType("application/problem+json");
                response.setContentLength(body.length);
                response.getOutputStream().write(body);
                response.finishResponse();
            } catch (IOException e) {
                // The caller has gone; there is nobody to tell.
                container.getLogger().debug("No answer could be written", e);
            }
        }
    }
}
