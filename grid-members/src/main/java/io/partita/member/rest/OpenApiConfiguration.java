package io.partita.member.rest;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.time.InstantSource;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The description of the REST interface: {@code /v3/api-docs}, to read at {@code /docs}. */
@Configuration(proxyBeanMethods = false)
class OpenApiConfiguration {

    private static final String DESCRIPTION = """
            A double-entry ledger that acknowledges a movement of money only when it is durable, exactly once.

            * Every request says who sends it: `Authorization: Bearer`, with an API key or an access token.
            * Amounts are decimal strings in major units (`"12.34"`) beside a `currency`; account ids are strings (numbers are taken too).
            * Every command carries an id chosen by you. Repeating a command with the same id returns its first result.
            * Refusals are problem details (RFC 9457) with a `code`; [/problems](/problems) lists all of them.
            * On 429 and 503, repeat the same request with the same id after `Retry-After` seconds.
            * `X-Correlation-Id` of a request is found again in its answer and in the log.
            """;

    @Bean
    OpenAPI description() {
        return new OpenAPI().info(new Info().title("Partita").version("v1").description(DESCRIPTION)
                .license(new License().name("Apache-2.0").identifier("Apache-2.0")))
                .components(new Components().addSecuritySchemes("bearer", new SecurityScheme().type(SecurityScheme.Type.HTTP).scheme("bearer")
                        .description("An API key, or an access token")))
                .addSecurityItem(new SecurityRequirement().addList("bearer"));
    }

    /** What is about one thing stands together, by the package of whoever serves it: the domain, and in it the tag. */
    @Bean
    DomainsInDescription domainsInDescription() {
        return new DomainsInDescription();
    }

    @Bean
    OpenApiCustomizer examplesInDescription() {
        return api -> OpenApiExamples.read(InstantSource.system()).into(api);
    }

    /** Every operation may answer with a problem; said once here instead of at each. */
    @Bean
    OpenApiCustomizer problemsInDescription() {
        return api -> {
            api.getComponents().addSchemas("Problem", problem());
            Content content = new Content().addMediaType("application/problem+json",
                    new MediaType().schema(new Schema<>().$ref("#/components/schemas/Problem")));
            api.getPaths().values().stream().flatMap(path -> path.readOperations().stream())
                    .forEach(operation -> operation.getResponses().addApiResponse("default",
                            new ApiResponse().description("A problem, see /problems").content(content)));
        };
    }

    private static Schema<?> problem() {
        return new ObjectSchema()
                .addProperty("type", new StringSchema().format("uri-reference").example("/problems/INSUFFICIENT_FUNDS"))
                .addProperty("title", new StringSchema().description("What the code means"))
                .addProperty("status", new IntegerSchema())
                .addProperty("detail", new StringSchema().description("The case at hand"))
                .addProperty("code", new StringSchema().example("INSUFFICIENT_FUNDS"))
                .addProperty("correlationId", new StringSchema());
    }
}
