using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Storefront.Data.Sqlite.Migrations
{
    /// <inheritdoc />
    [DbContext(typeof(SqliteStoreDb))]
    [Migration("20261126175100_PickLists")]
    public partial class PickLists : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "ix_order_tasks_pick_lists",
                table: "order_tasks",
                columns: ["finished_at", "order_id"],
                filter: "department = 'warehouse' AND action = 'do' AND state = 'done'");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_order_tasks_pick_lists",
                table: "order_tasks");
        }
    }
}
