package io.partita.member.rest;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Fails as no endpoint should; members find it in tests only. */
@RestController
class FailingEndpoint {

    private static final Logger LOG = LoggerFactory.getLogger(FailingEndpoint.class);

    @GetMapping("/swagger-ui/failure")
    String fail() {
        LOG.info("About to fail");
        throw new IllegalStateException("secret inner workings");
    }
}
