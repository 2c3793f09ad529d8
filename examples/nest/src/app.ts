/**
 * A Nest app with the whole API of accounts mounted, and orders that only buyers see. Node runs this file as it is and
 * does not know the syntax of decorators, so `decorate` applies them; a Nest project writes what the comments say.
 */
import 'reflect-metadata'
import type { Mountable } from '@doorward/server'
import { mountDoorward, requireUser, userOf } from '@doorward/server/nest'
import type { Verifier } from '@doorward/server/verifier'
import { createVerifier } from '@doorward/server/verifier'
import type { INestApplication, Type } from '@nestjs/common'
import { Controller, Delete, Get, HttpCode, Module, Req, UseGuards } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'

/** Applies decorators to a method as `@` in front of it does. */
function decorate(target: Type, method: string, decorators: readonly MethodDecorator[]): void {
  const descriptor = Object.getOwnPropertyDescriptor(target.prototype, method)
  if (!descriptor) throw new TypeError(`there is no method ${method}`)
  for (const decorator of decorators.toReversed()) decorator(target.prototype, method, descriptor)
}

function ordersController(verifier: Verifier): Type {
  // @Controller('orders')
  class OrdersController {
    // @Get() @UseGuards(requireUser(verifier, { role: 'buyer' }))  list(@Req() request)
    list(request: object) {
      const { userId, role } = userOf(request)
      return { buyer: userId, role, orders: [] }
    }

    // @Delete() @HttpCode(204) @UseGuards(requireUser(verifier, { role: 'buyer', maxAge: 600, fresh: true }))
    remove(): void {}
  }
  const buyer = { role: 'buyer' }
  decorate(OrdersController, 'list', [Get(), UseGuards(requireUser(verifier, buyer))])
  Req()(OrdersController.prototype, 'list', 0)
  const sure = requireUser(verifier, { ...buyer, maxAge: 600, fresh: true })
  decorate(OrdersController, 'remove', [Delete(), HttpCode(204), UseGuards(sure)])
  Controller('orders')(OrdersController)
  return OrdersController
}

/** The module with the orders. */
export function shopModule(doorward: Mountable): Type {
  class ShopModule {}
  Module({ controllers: [ordersController(createVerifier({ doorward }))] })(ShopModule)
  return ShopModule
}

/** Makes the app. */
export async function createShop(doorward: Mountable): Promise<INestApplication> {
  const app = await NestFactory.create(shopModule(doorward), { logger: ['error', 'warn'] })
  app.use(mountDoorward(doorward))
  return app
}
