using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Storefront.Data.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class NothingLost : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "replay_of",
                table: "outbox",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "replayed_letter",
                table: "order_tasks",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "sweeps",
                table: "order_tasks",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "cause",
                table: "dead_letters",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "exchange",
                table: "dead_letters",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<long>(
                name: "replay_of",
                table: "dead_letters",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "state",
                table: "dead_letters",
                type: "TEXT",
                nullable: false,
                defaultValue: "waiting");

            migrationBuilder.Sql("UPDATE dead_letters SET cause = substr(reason, 1, 200)");

            migrationBuilder.CreateTable(
                name: "dead_letter_actions",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    letter_id = table.Column<long>(type: "INTEGER", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    by = table.Column<string>(type: "TEXT", nullable: false),
                    to = table.Column<string>(type: "TEXT", nullable: false),
                    reason = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_dead_letter_actions", x => x.id);
                    table.ForeignKey(
                        name: "fk_dead_letter_actions_dead_letters_letter_id",
                        column: x => x.letter_id,
                        principalTable: "dead_letters",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_dead_letters_replay_of",
                table: "dead_letters",
                column: "replay_of");

            migrationBuilder.CreateIndex(
                name: "ix_dead_letters_state_queue_cause",
                table: "dead_letters",
                columns: new[] { "state", "queue", "cause" });

            migrationBuilder.CreateIndex(
                name: "ix_dead_letter_actions_letter_id",
                table: "dead_letter_actions",
                column: "letter_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "dead_letter_actions");

            migrationBuilder.DropIndex(
                name: "ix_dead_letters_replay_of",
                table: "dead_letters");

            migrationBuilder.DropIndex(
                name: "ix_dead_letters_state_queue_cause",
                table: "dead_letters");

            migrationBuilder.DropColumn(
                name: "replay_of",
                table: "outbox");

            migrationBuilder.DropColumn(
                name: "replayed_letter",
                table: "order_tasks");

            migrationBuilder.DropColumn(
                name: "sweeps",
                table: "order_tasks");

            migrationBuilder.DropColumn(
                name: "cause",
                table: "dead_letters");

            migrationBuilder.DropColumn(
                name: "exchange",
                table: "dead_letters");

            migrationBuilder.DropColumn(
                name: "replay_of",
                table: "dead_letters");

            migrationBuilder.DropColumn(
                name: "state",
                table: "dead_letters");
        }
    }
}
