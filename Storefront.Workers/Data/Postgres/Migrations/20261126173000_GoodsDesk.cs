using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Storefront.Data.Postgres.Migrations
{
    /// <inheritdoc />
    [DbContext(typeof(PostgresStoreDb))]
    [Migration("20261126173000_GoodsDesk")]
    public partial class GoodsDesk : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "version",
                table: "products",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "changed_at",
                table: "products",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "changed_by",
                table: "products",
                type: "text",
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<long>(
                name: "archived_at",
                table: "products",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "catalogue_name",
                table: "products",
                type: "text",
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<int>(
                name: "own_texts",
                table: "products",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "picture_hash",
                table: "products",
                type: "text",
                nullable: true,
                collation: "C");

            migrationBuilder.CreateTable(
                name: "product_pictures",
                columns: table => new
                {
                    hash = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    large = table.Column<byte[]>(type: "bytea", nullable: false),
                    card = table.Column<byte[]>(type: "bytea", nullable: false),
                    at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_product_pictures", x => x.hash);
                });

            migrationBuilder.CreateTable(
                name: "product_prices",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    product_id = table.Column<int>(type: "integer", nullable: false),
                    price_minor = table.Column<long>(type: "bigint", nullable: false),
                    at = table.Column<long>(type: "bigint", nullable: false),
                    who = table.Column<string>(type: "text", nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_product_prices", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "stock_movements",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    product_id = table.Column<int>(type: "integer", nullable: false),
                    at = table.Column<long>(type: "bigint", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    pieces = table.Column<int>(type: "integer", nullable: false),
                    stock_after = table.Column<int>(type: "integer", nullable: false),
                    who = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    note = table.Column<string>(type: "text", nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_stock_movements", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_product_prices_product_id_id",
                table: "product_prices",
                columns: ["product_id", "id"]);

            migrationBuilder.CreateIndex(
                name: "ix_stock_movements_product_id_id",
                table: "stock_movements",
                columns: ["product_id", "id"]);

            // Of a shop that has been open: its goods are those of the catalogue file, and the ledger begins with what lay there before the first order.
            migrationBuilder.Sql("UPDATE products SET catalogue_name = slug");
            migrationBuilder.Sql("INSERT INTO product_prices (product_id, price_minor, at) SELECT id, price_minor, floor(extract(epoch FROM now()) * 10000000)::bigint + 621355968000000000 FROM products ORDER BY id");
            migrationBuilder.Sql("""
                INSERT INTO stock_movements (product_id, at, kind, pieces, stock_after, note)
                SELECT p.id, floor(extract(epoch FROM now()) * 10000000)::bigint + 621355968000000000, 'opening', p.stock + coalesce(s.sold, 0), p.stock + coalesce(s.sold, 0), 'The ledger begins: what lies there and what was sold before.'
                FROM products p LEFT JOIN (
                    SELECT l.product_id, sum(l.quantity) AS sold FROM order_lines l JOIN orders o ON o.id = l.order_id WHERE o.status <> 'cancelled' GROUP BY l.product_id
                ) s ON s.product_id = p.id ORDER BY p.id
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            foreach (var table in new[] { "product_pictures", "product_prices", "stock_movements" })
            {
                migrationBuilder.DropTable(
                    name: table);
            }

            foreach (var column in new[] { "version", "changed_at", "changed_by", "archived_at", "catalogue_name", "own_texts", "picture_hash" })
            {
                migrationBuilder.DropColumn(
                    name: column,
                    table: "products");
            }
        }
    }
}
