using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Storefront.Data.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class IndexesOfWhatIsRead : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_order_tasks_state_department_queued_at",
                table: "order_tasks");

            migrationBuilder.DropIndex(
                name: "ix_dead_letters_state_queue_cause",
                table: "dead_letters");

            migrationBuilder.CreateIndex(
                name: "ix_orders_cancelled",
                table: "orders",
                columns: new[] { "placed_at", "id" },
                filter: "status = 'cancelled'");

            migrationBuilder.CreateIndex(
                name: "ix_order_tasks_state_department_queued_at",
                table: "order_tasks",
                columns: new[] { "state", "department", "queued_at" },
                filter: "state IN ('waiting', 'working', 'retrying', 'failed')");

            migrationBuilder.CreateIndex(
                name: "ix_dead_letters_state_id",
                table: "dead_letters",
                columns: new[] { "state", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_dead_letters_state_queue_exchange_cause_at",
                table: "dead_letters",
                columns: new[] { "state", "queue", "exchange", "cause", "at" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_orders_cancelled",
                table: "orders");

            migrationBuilder.DropIndex(
                name: "ix_order_tasks_state_department_queued_at",
                table: "order_tasks");

            migrationBuilder.DropIndex(
                name: "ix_dead_letters_state_id",
                table: "dead_letters");

            migrationBuilder.DropIndex(
                name: "ix_dead_letters_state_queue_exchange_cause_at",
                table: "dead_letters");

            migrationBuilder.CreateIndex(
                name: "ix_order_tasks_state_department_queued_at",
                table: "order_tasks",
                columns: new[] { "state", "department", "queued_at" },
                filter: "state <> 'done'");

            migrationBuilder.CreateIndex(
                name: "ix_dead_letters_state_queue_cause",
                table: "dead_letters",
                columns: new[] { "state", "queue", "cause" });
        }
    }
}
