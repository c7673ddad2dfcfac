package org.ehashpool.kit.postgres.embedded;

/**
 * How one role reaches one database.
 *
 * @param url a JDBC URL without credentials
 * @param user the role
 * @param password its password; never printed
 */
public record PostgresLogin(String url, String user, String password) {

    @Override
    public String toString() {
        return "PostgresLogin[url=" + url + ", user=" + user + ", password=(redacted)]";
    }
}
