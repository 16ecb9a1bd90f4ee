using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Storefront.Data.Postgres.Migrations
{
    /// <inheritdoc />
    [DbContext(typeof(PostgresStoreDb))]
    [Migration("20261126172000_OrderDesk")]
    public partial class OrderDesk : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "resends",
                table: "customer_mails",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.CreateTable(
                name: "order_notes",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    order_id = table.Column<long>(type: "bigint", nullable: false),
                    at = table.Column<long>(type: "bigint", nullable: false),
                    who = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    text = table.Column<string>(type: "text", nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_order_notes", x => x.id);
                    table.ForeignKey(
                        name: "fk_order_notes_orders_order_id",
                        column: x => x.order_id,
                        principalTable: "orders",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_order_notes_order_id",
                table: "order_notes",
                column: "order_id");

            migrationBuilder.CreateIndex(
                name: "ix_dead_letters_correlation_id",
                table: "dead_letters",
                column: "correlation_id",
                filter: "state = 'waiting'");

            migrationBuilder.CreateIndex(
                name: "ix_orders_price_minor_id",
                table: "orders",
                columns: ["price_minor", "id"]);

            migrationBuilder.CreateIndex(
                name: "ix_orders_source_placed_at",
                table: "orders",
                columns: ["source", "placed_at"]);

            // What is computed cannot stand in the model.
            migrationBuilder.Sql("CREATE INDEX ix_orders_customer_name ON orders (lower(customer_name), placed_at)");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_orders_customer_name",
                table: "orders");

            migrationBuilder.DropIndex(
                name: "ix_orders_source_placed_at",
                table: "orders");

            migrationBuilder.DropIndex(
                name: "ix_orders_price_minor_id",
                table: "orders");

            migrationBuilder.DropIndex(
                name: "ix_dead_letters_correlation_id",
                table: "dead_letters");

            migrationBuilder.DropTable(
                name: "order_notes");

            migrationBuilder.DropColumn(
                name: "resends",
                table: "customer_mails");
        }
    }
}
