package io.partita.member.security.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.partita.security.Permission;
import io.partita.security.Principal;
import io.partita.security.Role;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** The one who asks. */
@Schema(name = "Principal")
@JsonInclude(JsonInclude.Include.NON_NULL)
record PrincipalJson(String name, Principal.Kind kind, List<Role> roles, @Schema(description = "by their names in scopes, such as ledger:read") List<String> permissions,
                     @Schema(description = "the only accounts that they may see and use; absent: all") List<String> accounts) {

    static PrincipalJson of(Principal principal) {
        return new PrincipalJson(principal.name(), principal.kind(), principal.roles().stream().sorted().toList(),
                principal.granted().stream().map(Permission::scope).sorted().toList(),
                principal.accounts().map(own -> own.stream().sorted().map(Object::toString).toList()).orElse(null));
    }
}
