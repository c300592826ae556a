package io.shopflow.dashboard.explore;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.PersistenceException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** The views that the database's catalogue has, and that the dashboard's role may read. */
@ApplicationScoped
class Catalogue {
    private static final String COLUMNS =
            """
            select
                views.relname,
                coalesce(obj_description(views.oid, 'pg_class'), '') as meaning,
                columns.attname,
                format_type(coalesce(nullif(types.typbasetype, 0), columns.atttypid), null) as type,
                coalesce(col_description(views.oid, columns.attnum), '') as column_meaning
            from pg_catalog.pg_class as views
            join pg_catalog.pg_namespace as schemas on schemas.oid = views.relnamespace
            join pg_catalog.pg_attribute as columns
                on columns.attrelid = views.oid and columns.attnum > 0 and not columns.attisdropped
            join pg_catalog.pg_type as types on types.oid = columns.atttypid
            where schemas.nspname = ?
                and views.relkind in ('v', 'm')
                and has_schema_privilege(schemas.oid, 'usage')
                and has_column_privilege(views.oid, columns.attnum, 'select')
            order by views.relname, columns.attnum
            """;

    private final DataSource database;

    Catalogue(DataSource database) {
        this.database = database;
    }

    /** By name. */
    List<ExploredView> views() {
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement(COLUMNS)) {
            query.setString(1, ExploredView.SCHEMA);
            try (ResultSet rows = query.executeQuery()) {
                return views(rows);
            }
        } catch (SQLException e) {
            throw new PersistenceException(e);
        }
    }

    private static List<ExploredView> views(ResultSet rows) throws SQLException {
        List<ExploredView> views = new ArrayList<>();
        String name = "";
        String meaning = "";
        List<Column> columns = new ArrayList<>();
        while (rows.next()) {
            if (!columns.isEmpty() && !rows.getString("relname").equals(name)) {
                views.add(new ExploredView(name, meaning, columns));
                columns = new ArrayList<>();
            }
            name = rows.getString("relname");
            meaning = rows.getString("meaning");
            columns.add(
                    new Column(
                            rows.getString("attname"),
                            rows.getString("type"),
                            rows.getString("column_meaning")));
        }
        if (!columns.isEmpty()) {
            views.add(new ExploredView(name, meaning, columns));
        }
        return List.copyOf(views);
    }
}
