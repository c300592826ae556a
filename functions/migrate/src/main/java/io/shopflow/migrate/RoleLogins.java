package io.shopflow.migrate;

import io.quarkus.runtime.Startup;
import io.shopflow.secrets.Secret;
import io.shopflow.secrets.SecretException;
import io.shopflow.secrets.SecretReference;
import io.shopflow.secrets.Secrets;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The roles that may log in, and their passwords, from the settings. */
@Singleton
class RoleLogins {

    /** An invocation reuses the secrets that start-up has just read. */
    private static final Duration AGE = Duration.ofSeconds(1);

    private final List<Login> logins;
    private final Secrets secrets;

    /** A role with its two settings, of which at most one may be set. */
    private record Login(String role, Optional<String> secret, Optional<String> password) {

        private String setting(String kind) {
            return "SHOPFLOW_%s_%s"
                    .formatted(role.substring("shopflow_".length()).toUpperCase(Locale.ROOT), kind);
        }
    }

    RoleLogins(MigrateConfig config, Secrets secrets) {
        this.logins =
                List.of(
                        new Login(
                                "shopflow_loader", config.loaderSecret(), config.loaderPassword()),
                        new Login(
                                "shopflow_dashboard",
                                config.dashboardSecret(),
                                config.dashboardPassword()),
                        new Login("shopflow_bi", config.biSecret(), config.biPassword()));
        this.secrets = secrets;
    }

    /** Invalid settings fail the start, before any change. */
    @Startup
    void check() {
        passwords();
    }

    /** The passwords of the roles that have one, by role. */
    Map<String, String> passwords() {
        Map<String, String> passwords = new TreeMap<>();
        for (Login login : logins) {
            if (login.secret().isPresent() && login.password().isPresent()) {
                throw new SecretException(
                        "Both %s and %s are set: unset one of them."
                                .formatted(login.setting("SECRET"), login.setting("PASSWORD")));
            }
            login.password().ifPresent(password -> passwords.put(login.role(), password));
            login.secret().ifPresent(id -> passwords.put(login.role(), password(login, id)));
        }
        return passwords;
    }

    private String password(Login login, String id) {
        Secret secret = secrets.read(new SecretReference(login.setting("SECRET"), id), AGE);
        if (!secret.field("username").equals(login.role())) {
            throw new SecretException(
                    "%s is of another user: its field 'username' must be '%s'."
                            .formatted(secret, login.role()));
        }
        return secret.field("password");
    }
}
