package io.partita.member.rest;

import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.boot.webmvc.autoconfigure.WebMvcRegistrations;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.type.LogicalType;

/** How requests find who answers them, and how JSON is read, beyond what {@code application.yml} says. */
@Configuration(proxyBeanMethods = false)
class RestConfiguration {

    @Bean
    WebMvcRegistrations byResource() {
        return new WebMvcRegistrations() {
            @Override
            public RequestMappingHandlerMapping getRequestMappingHandlerMapping() {
                return new HandlersByResource();
            }
        };
    }

    /** A number may stand for text, digit by digit, as in an amount; true and false may not. */
    @Bean
    JsonMapperBuilderCustomizer strictText() {
        return mapper -> mapper.withCoercionConfig(LogicalType.Textual,
                text -> text.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail));
    }
}
