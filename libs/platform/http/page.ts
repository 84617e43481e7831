import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsInt, IsOptional, IsString, Matches, Max, MaxLength, Min } from 'class-validator';
import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import type { Json } from '../../kernel/json.js';
import { openCursor, sealCursor } from './cursor.js';
import type { Principal } from './principal.js';

const wholeNumber = ({ value }: { value: unknown }) =>
  typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value;

/** The query of every list; extend it with the filters of yours. */
export class PageQuery {
  @ApiPropertyOptional({ description: 'nextCursor of the page before' })
  @IsOptional()
  @IsString()
  @MaxLength(2000)
  cursor?: string;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 200, default: 50 })
  @IsOptional()
  @Transform(wholeNumber)
  @IsInt()
  @Min(1)
  @Max(200)
  limit?: number;

  @ApiPropertyOptional({ description: 'A log position: wait until the list has seen it', example: '48213' })
  @IsOptional()
  @Matches(/^\d{1,20}$/, { message: 'after must be a log position' })
  after?: string;
}

export type Page<Row> = { readonly items: Row[]; readonly nextCursor: string | null };

export type Order = {
  /** Property of the entity; an instant has milliseconds, no finer. Together the columns are a total order: the last one is unique. */
  readonly column: string;
  readonly direction: 'ASC' | 'DESC';
  /** Its empty values come last, whichever the direction. */
  readonly nullable?: true;
};

/**
 * One page of `rows` by keyset. `filter`: whatever else narrows the list; a cursor is good for this filter and principal
 * only and answers 400 `request.invalid` for another.
 */
export const page = async <Row extends ObjectLiteral>(asked: {
  readonly rows: SelectQueryBuilder<Row>;
  readonly alias: string;
  readonly order: readonly Order[];
  readonly query: PageQuery;
  readonly principal: Principal;
  readonly filter: unknown;
}): Promise<Page<Row>> => {
  const { rows, alias, order, query, principal } = asked;
  const bound = { filter: asked.filter, order: order.map(({ column, direction }) => [column, direction]) };
  const limit = query.limit ?? 50;
  if (query.cursor !== undefined) {
    const { sql, values } = behind(alias, order, openCursor(query.cursor, principal, bound));
    rows.andWhere(`(${sql})`, values);
  }
  order.forEach(({ column, direction }) => rows.addOrderBy(`${alias}.${column}`, direction, 'NULLS LAST'));
  const found = await rows.limit(limit + 1).getMany();
  const items = found.slice(0, limit);
  const last = items.at(-1);
  if (found.length <= limit || !last) return { items, nextCursor: null };
  const place = order.map(({ column }) => (last[column] ?? null) as Json);
  return { items, nextCursor: sealCursor(place, principal, bound) };
};

const name = (index: number) => `cursor${index}`;

/** The condition for what comes after `place`, strictly. */
export const behind = (
  alias: string,
  order: readonly Order[],
  place: readonly Json[],
): { readonly sql: string; readonly values: Record<string, Json> } => {
  const values = Object.fromEntries(place.map((value, index) => [name(index), value]));
  const sign = ({ direction }: Order) => (direction === 'ASC' ? '>' : '<');
  const columns = order.map(({ column }) => `${alias}.${column}`);
  // one comparison of rows can walk an index, a chain of ORs can not
  if (order.every(({ direction, nullable }) => direction === order[0]!.direction && !nullable))
    return {
      sql: `(${columns.join(', ')}) ${sign(order[0]!)} (${order.map((_, i) => `:${name(i)}`).join(', ')})`,
      values,
    };
  const same = (i: number) => (place[i] === null ? `${columns[i]} IS NULL` : `${columns[i]} = :${name(i)}`);
  const later = (i: number) => {
    if (place[i] === null) return 'FALSE';
    const next = `${columns[i]} ${sign(order[i]!)} :${name(i)}`;
    return order[i]!.nullable ? `(${next} OR ${columns[i]} IS NULL)` : next;
  };
  const sql = order.map((_, i) => [...order.slice(0, i).map((_column, j) => same(j)), later(i)].join(' AND '));
  return { sql: sql.map((term) => `(${term})`).join(' OR '), values };
};
